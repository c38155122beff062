import type { ImportType } from '../../../main/contract/index.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './ArchiveTypes.module.css'

const figures = [
  ['added', 'imports.added'],
  ['updated', 'imports.updated'],
  ['same', 'imports.same'],
  ['left', 'imports.left'],
  ['failed', 'imports.failed'],
] as const

/** What an export gave of each type. */
export function ArchiveTypes({ types }: { readonly types: readonly ImportType[] }) {
  const shown = figures.filter(([name]) => name === 'added' || types.some((each) => each[name] > 0))
  return (
    <div className={styles['scroller']}>
      <table className={styles['table']} aria-label={t('imports.types')}>
        <thead>
          <tr>
            <th scope="col">{t('imports.type')}</th>
            {shown.map(([name, label]) => (
              <th key={name} scope="col" className={styles['figure']}>
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {types.map((each) => (
            <tr key={each.type}>
              <th scope="row">{t(`type.${each.type}`)}</th>
              {shown.map(([name]) => (
                <td key={name} className={styles['figure']} data-nothing={each[name] === 0}>
                  {number(each[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
