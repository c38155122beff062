import { Hono } from 'hono'
import { vaultEndpoints } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { sameSecret } from '../keys/index.ts'
import { activityRoutes } from './activity.ts'
import { albumRoutes } from './albums.ts'
import { backupFileRoutes, backupRoutes, restoreRoutes } from './backups.ts'
import { connectionRoutes } from './connections.ts'
import { openApiDocument } from './document.ts'
import { eraseRoutes } from './erase.ts'
import { problemResponse } from './errors.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { healthRoutes } from './health.ts'
import { importRoutes } from './imports.ts'
import { mediaEditRoutes } from './media-edits.ts'
import { mediaRoutes } from './media.ts'
import { mount, type On } from './mount.ts'
import { objectRoutes } from './objects.ts'
import { placeRoutes } from './places.ts'
import type { Engine } from './port.ts'
import { postRoutes } from './posts.ts'
import { sessionRoutes } from './sessions.ts'
import { storedKeyRoutes } from './stored-keys.ts'
import { thumbnailRoutes } from './thumbnails.ts'
import { timelineRoutes } from './timeline.ts'
import { tokenRoutes } from './tokens.ts'
import { trashRoutes } from './trash.ts'
import { uploadRoutes } from './upload.ts'
import { userRoutes } from './users.ts'
import { vaultRoutes } from './vault.ts'
import { watchRoutes } from './watch.ts'

const routes: readonly ((on: On, engine: Engine) => void)[] = [
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
  postRoutes,
  connectionRoutes,
  watchRoutes,
  backupRoutes,
  backupFileRoutes,
  restoreRoutes,
  exportRoutes,
  eraseRoutes,
  activityRoutes,
  userRoutes,
  sessionRoutes,
  tokenRoutes,
  storedKeyRoutes,
  healthRoutes,
  eventRoutes,
]

/** What nothing else was said of: it may not run as a page, be read as another type, or be kept by a browser. */
const answerHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** Every endpoint, behind the launch secret and the access it declares. */
export function createApi(engine: Engine): Hono {
  const app = new Hono()
  app.onError((error) => problemResponse(error, engine.state().state === 'ready' ? engine.vault().log : undefined))
  app.notFound(() => problemResponse(new CofferError('There is nothing at this address.', { code: 'not-found' })))
  app.use('*', async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(answerHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  })
  app.use('*', async (c, next) => {
    if (!sameSecret(c.req.header('x-coffer-secret') ?? '', engine.secret)) {
      throw new CofferError('This request does not come from Coffer.', { code: 'unauthorized' })
    }
    await next()
  })
  let document: Readonly<Record<string, unknown>> | null = null
  mount(app, engine, (on) => {
    for (const register of routes) register(on, engine)
    on(vaultEndpoints.document, async () => (document ??= openApiDocument()))
  })
  return app
}
