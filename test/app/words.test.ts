import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { reasonCodes } from '../../main/contract/index.ts'
import { englishReason } from '../../main/engine/engine.ts'
import { root } from './electron.ts'
import { de } from '../../renderer/messages/de.ts'
import { en } from '../../renderer/messages/en.ts'

describe('the words of the interface', () => {
  test('every language says everything, with the same values', () => {
    assert.deepEqual(valuesOf(de), valuesOf(en))
  })

  test('every reason is said in every language, and in English as the command line says it', () => {
    const details = { name: 'a.jpg', code: 'EXDEV', text: 'noted', count: 1, seconds: 20 }
    for (const code of reasonCodes) {
      for (const language of [en, de]) assert.ok(language[`reason.${code}`])
      // Sizes are spelled in two ways.
      if (code === 'no-room') continue
      const said = new IntlMessageFormat(en[`reason.${code}`], 'en').format(details)
      assert.equal(said, englishReason({ code, details }))
    }
  })

  test('every file of words is joined, and no two share a key', async () => {
    const folder = join(root, 'renderer/messages/en')
    const files = await Promise.all(
      readdirSync(folder).map(async (file): Promise<object[]> => Object.values(await import(join(folder, file)))),
    )
    const keys = files.flat().flatMap((words) => Object.keys(words))
    assert.deepEqual(keys.toSorted(), Object.keys(en).toSorted())
  })

  test('no message is left that nothing says', () => {
    const folder = join(root, 'renderer')
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/words[\\/](en|de)[\\/.]/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n')
    const parts = [...source.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
    const unsaid = Object.keys(en).filter(
      (key) => !source.includes(`'${key}'`) && !parts.some((part) => key.startsWith(part)),
    )
    assert.deepEqual(unsaid, [])
  })
})

const plainText = new IntlMessageFormat('text', 'en').getAst()[0]?.type

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

function valuesOf(messages: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [
      key,
      [...new Set(namesIn(new IntlMessageFormat(message, 'en').getAst()))].toSorted(),
    ]),
  )
}

function namesIn(elements: readonly Element[]): readonly string[] {
  return elements.flatMap((element) => {
    if ('options' in element)
      return [element.value, ...Object.values(element.options).flatMap((option) => namesIn(option.value))]
    return 'value' in element && element.type !== plainText ? [element.value] : []
  })
}
