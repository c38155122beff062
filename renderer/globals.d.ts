import type { CofferDesktop } from '../preload/api.ts'

declare global {
  interface Window {
    /** Present in the app, absent in a browser. */
    readonly coffer?: CofferDesktop
  }
}
