export { enqueue, type NewJob } from './enqueue.ts'
export {
  parkedJobs,
  retryParked,
  startJobs,
  type JobHandler,
  type Jobs,
  type ParkedJob,
  type RunningJob,
} from './run.ts'
export { setWorkAside } from './set-aside.ts'
