import type { JobHandler } from './kind.ts'
import type { ParkedJob } from './parked.ts'

/** The part that a room of the engine has in an open vault. Each room's `room(…)` makes its own. */
export interface Room {
  /** What must be done before any work runs. */
  readonly prepare?: () => Promise<void>
  /** Stored work that the room runs. */
  readonly jobs?: readonly JobHandler[]
  /** Called for each job that was set aside, before any work runs. */
  readonly onParked?: (job: ParkedJob) => Promise<void>
  /** What is done when a vault is opened, and once a day while it is open. */
  readonly daily?: () => Promise<void>
  /** Begins what goes on by itself while a vault of this computer's own is open. */
  readonly start?: () => Promise<void>
  /** Ends whatever the room has begun, jobs apart. */
  readonly close?: () => Promise<void>
}
