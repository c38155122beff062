import { z } from 'zod'
import { archivesErrors } from './errors/archives.ts'
import { backupsErrors } from './errors/backups.ts'
import { connectionsErrors } from './errors/connections.ts'
import { databaseErrors } from './errors/database.ts'
import { exportsErrors } from './errors/exports.ts'
import { filesErrors } from './errors/files.ts'
import { importsErrors } from './errors/imports.ts'
import { peopleErrors } from './errors/people.ts'
import { requestErrors } from './errors/requests.ts'
import { vaultErrors } from './errors/vault.ts'

/** Every code an error of Coffer can carry, with its status over HTTP. Programs may branch on codes; they are never renamed. */
export const errorStatuses = {
  ...requestErrors,
  ...peopleErrors,
  ...vaultErrors,
  ...databaseErrors,
  ...filesErrors,
  ...importsErrors,
  ...archivesErrors,
  ...connectionsErrors,
  ...backupsErrors,
  ...exportsErrors,
} as const
export type ErrorCode = keyof typeof errorStatuses
export const errorCodes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]]
export const errorCodeSchema = z.enum(errorCodes).meta({ id: 'ErrorCode' })

/** RFC 9457 problem details, with Coffer's code and retry hint. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: errorCodeSchema,
  retry: z.enum(['never', 'later']),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof problemSchema>
