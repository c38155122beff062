export { enqueue, type NewJob } from './enqueue.ts'
export { parkedJobs, retryParked, type ParkedJob } from './parked.ts'
export { startJobs, type JobHandler, type Jobs, type RunningJob } from './run.ts'
export { setWorkAside } from './set-aside.ts'
