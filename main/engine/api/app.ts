import { OpenAPIHono } from '@hono/zod-openapi'
import { CofferError } from '../base/errors.ts'
import { sameSecret } from '../keys/index.ts'
import { completed } from './document.ts'
import type { Engine } from './port.ts'
import { problemResponse } from './errors.ts'
import { activityRoutes } from './activity.ts'
import { albumRoutes } from './albums.ts'
import { archiveRoutes, backupRoutes, restoreRoutes } from './backups.ts'
import { eraseRoutes } from './erase.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { gate } from './gate.ts'
import { healthRoutes } from './health.ts'
import { importRoutes } from './imports.ts'
import { mediaRoutes } from './media.ts'
import { mediaEditRoutes } from './media-edits.ts'
import { objectRoutes } from './objects.ts'
import { placeRoutes } from './places.ts'
import { sessionRoutes } from './sessions.ts'
import { thumbnailRoutes } from './thumbnails.ts'
import { timelineRoutes } from './timeline.ts'
import { trashRoutes } from './trash.ts'
import { uploadRoutes } from './upload.ts'
import { userRoutes } from './users.ts'
import { vaultRoutes } from './vault.ts'
import { watchRoutes } from './watch.ts'

/** In this order a fixed address (`/media/trash`) is met before one with an id in its place. */
const parts = [
  vaultRoutes,
  importRoutes,
  timelineRoutes,
  trashRoutes,
  uploadRoutes,
  mediaEditRoutes,
  mediaRoutes,
  thumbnailRoutes,
  albumRoutes,
  objectRoutes,
  placeRoutes,
  watchRoutes,
  backupRoutes,
  archiveRoutes,
  restoreRoutes,
  exportRoutes,
  eraseRoutes,
  activityRoutes,
  userRoutes,
  sessionRoutes,
  healthRoutes,
  eventRoutes,
]

/** Every route, behind the launch secret and, where people have to sign in, a session. */
export function createApi(engine: Engine): OpenAPIHono {
  const app = new OpenAPIHono()
  app.onError((error) => problemResponse(error, engine.state().state === 'ready' ? engine.vault().log : undefined))
  app.notFound(() => problemResponse(new CofferError('There is nothing at this address.', { code: 'not-found' })))
  app.use('*', async (c, next) => {
    if (!sameSecret(c.req.header('x-coffer-secret') ?? '', engine.secret)) {
      throw new CofferError('This request does not come from Coffer.', { code: 'unauthorized' })
    }
    await next()
  })
  app.use('*', gate(engine))
  for (const part of parts) {
    app.route('/api/v1', part(engine))
  }
  const about = {
    openapi: '3.1.0',
    info: {
      title: 'Coffer',
      version: '1',
      description: 'The engine of Coffer. Errors are problem+json (RFC 9457) with a `code` and a `retry` hint.',
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    },
    servers: [{ url: '/' }],
  }
  let document: object | null = null
  app.get('/api/v1/openapi.json', (c) => c.json((document ??= completed(app.getOpenAPI31Document(about)))))
  return app
}
