import { existsSync, readdirSync } from 'node:fs'

const supplies = '/sys/class/power_supply'

/** Linux computers with a battery or a charger tell the engine themselves what they run on; nobody else's word counts there. */
export const tellsOfPower = existsSync(supplies) && readdirSync(supplies).length > 0
