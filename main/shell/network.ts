import { app, session, type WebContents } from 'electron'
import { appOrigin } from './api-protocol.ts'
import { override } from './overrides.ts'

/** Schemes that reach nothing outside this app. */
const inside = /^(?:coffer:|blob:|data:|devtools:)/

/** Before the app is ready: names of hosts are looked up nowhere, whatever in the browser asks for it. */
export function lookUpNothing(): void {
  if (override('COFFER_RENDERER_URL') !== undefined) return
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
}

/**
 * Cuts the window off from every network. Its policy already allows nothing else; this holds also where the policy does
 * not reach, such as WebRTC, which would tell the addresses of this computer. Frames that are not ours do not reach the
 * vault either: requests of this scheme need not carry an Origin.
 */
export async function cutNetwork(): Promise<void> {
  const devServer = override('COFFER_RENDERER_URL')
  session.defaultSession.webRequest.onBeforeRequest((details, done) => {
    const { url, resourceType, frame } = details
    if (url.startsWith('coffer://vault/')) {
      const isPage = resourceType === 'mainFrame' || resourceType === 'subFrame'
      done({ cancel: isPage || (frame ? !frame.url.startsWith(`${appOrigin}/`) : false) })
      return
    }
    const isDevelopment = devServer !== undefined && url.replace(/^ws/, 'http').startsWith(devServer)
    done({ cancel: !inside.test(url) && !isDevelopment })
  })
  app.on('web-contents-created', (_event, contents) => refuseUdp(contents))
  // What goes past all of that, over TCP, finds a proxy that nobody runs.
  if (devServer === undefined)
    await session.defaultSession.setProxy({ mode: 'fixed_servers', proxyRules: '127.0.0.1:9' })
}

function refuseUdp(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
