import { lockVault, openDatabase } from '../../main/engine/database/index.ts'

/** Opens a vault and adds albums until it is killed, or until `most` are there; says the number of each when it is safe. */
const [, , vaultDir = '', userId = '', most = 'Infinity'] = process.argv
await lockVault(vaultDir)
const database = await openDatabase({ vaultDir })
process.stdout.write('ready\n')
for (let n = 1; n <= Number(most); n += 1) {
  await database.write(userId, (tx) =>
    tx.execute(`insert into vault.albums (user_id, name, description) values ($1, $2, repeat($2 || ' ', 50))`, [
      userId,
      `album ${n}`,
    ]),
  )
  process.stdout.write(`saved ${n}\n`)
  if (n % 100 === 0 && most === 'Infinity') await database.maintain('checkpoint')
}
process.stdout.write('done\n')
process.stdin.resume()
