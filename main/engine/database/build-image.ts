import { join, resolve } from 'node:path'
import { buildDatabaseImage, hasFreshImage, imagePath } from './migrate/image.ts'

/** Run from the root of a checkout: makes the prepared database if there is none of these migrations. */
if (!(await hasFreshImage())) await buildDatabaseImage(join(resolve('.'), imagePath))
