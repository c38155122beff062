import { powerMonitor } from 'electron'
import type { EngineProcess } from './engine-process.ts'

/** Tells the engine whether the computer runs on battery, now and whenever that changes: its schedule waits for mains. */
export function tellOfPower(engine: EngineProcess): void {
  const tell = (onBattery: boolean) => (): void => engine.tell({ onBattery })
  powerMonitor.on('on-battery', tell(true))
  powerMonitor.on('on-ac', tell(false))
  engine.tell({ onBattery: powerMonitor.isOnBatteryPower() })
}
