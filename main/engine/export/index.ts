export type { ExportContext } from './context.ts'
export { cancelExport, listExports, readExport, startExport } from './job.ts'
export { room } from './room.ts'
