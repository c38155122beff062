export { exportFolders } from './recognise.ts'
export type { ExportContext } from './context.ts'
export { cancelExport, exportJob, listExports, readExport, runExport, startExport } from './job.ts'
