import { tokenEndpoints, tokenScopeSchema } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'

/** `coffer token create`: access for another program; the token is shown this once. */
export async function tokenCreate(
  client: Client,
  name: string,
  options: { readonly scope?: string; readonly days?: string },
  output: Output,
): Promise<number> {
  const scope = tokenScopeSchema.safeParse(options.scope ?? 'read')
  if (!scope.success) throw wrongUsage(`--scope must be one of ${tokenScopeSchema.options.join(', ')}.`)
  const days = options.days === undefined ? null : Number(options.days)
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= 3650)) {
    throw wrongUsage('--days must be a number from 1 to 3650.')
  }
  const made = await client.call(tokenEndpoints.create, { body: { name, scope: scope.data, expiresInDays: days } })
  output.say('Shown only once. The program sends it as “Authorization: Bearer …”.')
  output.answer(made, [made.token])
  return exitCodes.done
}

export async function tokenList(client: Client, output: Output): Promise<number> {
  const { items } = await client.call(tokenEndpoints.list, {})
  output.answer(items, [
    ...table(
      items.map((each) => [
        each.name,
        each.scope,
        each.lastUsedAt === null ? 'never used' : `used ${dayOf(each.lastUsedAt)}`,
        each.expiresAt === null ? 'no end' : `until ${dayOf(each.expiresAt)}`,
        each.id,
      ]),
    ),
    plural(items.length, 'token.', 'tokens.'),
  ])
  return exitCodes.done
}

/** `coffer token revoke`: by its id or, where only one has it, its name. */
export async function tokenRevoke(client: Client, name: string, output: Output): Promise<number> {
  const { items } = await client.call(tokenEndpoints.list, {})
  const [token, another] = items.filter((each) => each.id === name || each.name === name)
  if (!token) throw new CofferError(`There is no token “${name}”.`, { code: 'not-found' })
  if (another) {
    throw new CofferError(`Several tokens are called “${name}”. Use the id instead (coffer token list).`, {
      code: 'conflict',
    })
  }
  await client.call(tokenEndpoints.revoke, { params: { id: token.id } })
  output.answer(token, [`“${token.name}” was revoked and no longer works.`])
  return exitCodes.done
}

function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

function wrongUsage(message: string): CofferError {
  return new CofferError(message, { code: 'wrong-usage' })
}
