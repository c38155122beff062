/** A desktop entry that starts a program at sign-in (freedesktop.org, Desktop Entry and Autostart specifications). */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Coffer',
    'Comment=Goes on watching your folders',
    `Exec=${command.map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    'Terminal=false',
    '',
  ].join('\n')
}

/** Quoted as the Exec key wants it: twice, since the whole value is itself a string in which a backslash escapes. */
function quoted(argument: string): string {
  const forExec = argument.replaceAll('%', '%%').replaceAll(/["`$\\]/g, String.raw`\$&`)
  return `"${forExec.replaceAll('\\', '\\\\')}"`
}
