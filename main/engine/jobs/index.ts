export { enqueue, type NewJob } from './enqueue.ts'
export { startJobs, type JobHandler, type Jobs, type RunningJob } from './run.ts'
