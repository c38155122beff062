import { z } from 'zod'
import {
  choice,
  fixed,
  flag,
  instant,
  objectType,
  label,
  nullable,
  platformSchema,
  shown,
  text,
  urlSchema,
} from '../fields.ts'

/** A connection to a service, or an archive that came from one. */
export const integration = objectType({
  path: 'integrations',
  sort: '-created_at',
  title: ['display_name', 'username', 'platform'],
  fields: {
    platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value', canSort: true }),
    platform_user_id: fixed(label(255)),
    username: label(255),
    display_name: text(200),
    avatar_url: { schema: nullable(urlSchema) },
    profile_url: { schema: nullable(urlSchema) },
    status: choice('pending', 'connected', 'error', 'disconnected', 'token_expired'),
    is_enabled: flag,
    auth_kind: choice('oauth', 'app_password', 'archive', 'none'),
    token_expires_at: instant,
    scope: text(2000),
    webhook_subscribed: shown(flag),
    webhook_subscription_id: shown(text(500)),
    last_sync_at: instant,
    last_sync_status: { schema: nullable(z.enum(['success', 'partial', 'failed'])), filter: 'value' },
    next_sync_at: instant,
    sync_cursor: text(100_000),
    items_synced: { schema: z.int().nonnegative(), filter: 'range', canSort: true },
    error_message: shown(text(2000)),
    error_count: shown({ schema: z.int(), filter: 'range' }),
  },
})

/** What the log says of connections, besides what it says of every object. */
export const integrationActions = ['integrations.tokens-changed'] as const
