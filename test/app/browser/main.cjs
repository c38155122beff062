// A browser for tests: one window that opens the address it is given, and nothing of Coffer.
const { app, BrowserWindow } = require('electron')

app.setPath('userData', process.env.TEST_BROWSER_DIR)
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 860 }).loadURL(process.env.TEST_BROWSER_URL))
