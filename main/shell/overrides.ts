import { app } from 'electron'

/**
 * What a developer replaces for a run by the environment: the page, the engine, the state folder. A packaged app has no
 * such thing: anyone who can set a variable for somebody must not choose what runs under its name.
 */
export function override(name: 'COFFER_RENDERER_URL' | 'COFFER_ENGINE' | 'COFFER_STATE_DIR'): string | undefined {
  return app.isPackaged ? undefined : process.env[name]
}

/** The environment an engine starts with. */
export function engineVariables(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  if (!app.isPackaged) return env
  // COFFER_VAULT says which vault to open, as on the command line, and nothing about the program.
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => name === 'COFFER_VAULT' || !/^(?:COFFER|NODE|ELECTRON)_/.test(name)),
  )
}
