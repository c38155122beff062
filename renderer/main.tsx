import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { LucideProvider } from 'lucide-react'
import { Tooltip } from '@base-ui/react/tooltip'
import { App } from './App.tsx'
import { settlePage } from './data/browser-page.ts'
import { EngineProblem } from './data/client.ts'
import { AwayNote } from './components/AwayNote.tsx'
import { Notices } from './components/Notices.tsx'
import { language } from './messages/locale.ts'
import './style/tokens.css'
import './style/reset.css'

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      retry: (failures, error) => failures < 3 && !(error instanceof EngineProblem && error.problem?.retry === 'never'),
    },
    mutations: { networkMode: 'always' },
  },
})

document.documentElement.lang = language
const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its root')
if (await settlePage()) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <LucideProvider size={18} strokeWidth={1.75}>
          <Tooltip.Provider delay={500}>
            <App />
            <Notices />
            <AwayNote />
          </Tooltip.Provider>
        </LucideProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
