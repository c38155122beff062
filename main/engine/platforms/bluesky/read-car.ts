import type { CarRecord, readCar as read, Repository } from './car.ts'

export type { CarRecord, Repository }

/** As `readCar` of `car.ts`, which is loaded with its decoder when a copy of an account is first read. */
export async function readCar(...given: Parameters<typeof read>): Promise<Repository> {
  return (await import('./car.ts')).readCar(...given)
}
