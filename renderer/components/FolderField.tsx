import { fullPath, shortPath } from '../data/home-path.ts'
import { t } from '../messages/translate.ts'
import { Button } from './Button.tsx'
import { TextField } from './TextField.tsx'

/** A folder, picked or typed; `~` stands for the home folder. */
export function FolderField({
  label,
  path,
  onPath,
}: {
  readonly label: string
  readonly path: string
  readonly onPath: (path: string) => void
}) {
  const desktop = window.coffer
  const pick = async (): Promise<void> => {
    const picked = await desktop?.pickFolder()
    if (picked) onPath(shortPath(picked))
  }
  return (
    <TextField
      label={label}
      value={path}
      placeholder={t('welcome.typePath')}
      onText={onPath}
      beside={
        desktop && (
          <Button onClick={() => void pick()}>{path === '' ? t('welcome.choose') : t('welcome.change')}</Button>
        )
      }
    />
  )
}

/** The path that was picked or typed, in full. */
export function folderOf(path: string): string {
  return fullPath(path.trim())
}
