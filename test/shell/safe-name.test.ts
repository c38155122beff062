import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { safeName } from '../../main/contract/safe-name.ts'
import { markAsForeign } from '../../main/shell/mark-of-the-web.ts'

test('the name a program gets ends as the bytes say, whatever the file called itself', () => {
  for (const [filename, type, expected] of [
    ['IMG_1.JPG', 'image/jpeg', 'IMG_1.jpg'],
    ['IMG.jpg.hta', 'image/jpeg', 'IMG.jpg'],
    ['photo.bat', 'image/png', 'photo.png'],
    ['photo.desktop', 'image/heic', 'photo.heic'],
    ['film.mp4', 'image/jpeg', 'film.jpg'],
    ['clip.mov', 'video/quicktime', 'clip.mov'],
    ['raw.cr2', 'image/x-canon-cr2', 'raw.cr2'],
    ['raw', 'image/x-canon-cr2', 'raw.cr2'],
    ['letter.pdf', 'application/pdf', 'letter.pdf'],
    ['letter.exe', 'application/pdf', 'letter.pdf'],
    ['odd.crw', 'application/octet-stream', 'odd.crw'],
    ['odd.exe', 'application/octet-stream', null],
    ['page.html', 'text/html', null],
    ['archive.zip', 'application/zip', null],
    ['x.jpg', 'text/html', null],
    ['invoice\u202Egpj.exe', 'image/jpeg', 'invoicegpj.jpg'],
    ['-rf.jpg', 'image/jpeg', 'rf.jpg'],
    ['.htaccess', 'image/jpeg', 'htaccess.jpg'],
    ['../../etc/passwd', 'image/jpeg', '_.._etc_passwd.jpg'],
    ['CON.jpg', 'image/jpeg', 'original-CON.jpg'],
    ['', 'image/jpeg', 'original.jpg'],
    ['trailing.exe. . ', 'image/jpeg', 'trailing.jpg'],
    [`${'a'.repeat(300)}.jpg`, 'image/jpeg', `${'a'.repeat(100)}.jpg`],
  ] as const) {
    assert.equal(safeName(filename, type), expected, `${filename} ${type}`)
  }
})

test('a file is marked as come from elsewhere where the system has a mark', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-mark-'))
  t.onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'photo.jpg')
  await writeFile(path, 'x')
  await markAsForeign(path, 'linux')
  // On Windows this name is a stream beside the bytes; here it is a file, which shows what would be in it.
  await markAsForeign(path, 'win32')
  assert.equal(await readFile(`${path}:Zone.Identifier`, 'utf8'), '[ZoneTransfer]\r\nZoneId=3\r\n')
  await markAsForeign(join(folder, 'gone', 'photo.jpg'), 'win32')
})
