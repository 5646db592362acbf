/** The frame around every screen: navigation, palette, keys, and one line that says when the engine is not well. */
import { MantineProvider } from '@mantine/core'
import { IconCommand, IconHelp } from '@tabler/icons-react'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { EngineLineContext } from './ask.ts'
import { type PageClock, PageClockContext, useClock } from './clock.ts'
import { exploreDemo, leaveDemo } from './demo/deeds.ts'
import { DemoPanel } from './demo/demo-panel.tsx'
import { DemoStripe } from './demo/demo-stripe.tsx'
import type { EngineLine } from './engine.ts'
import { EngineState } from './engine-state.tsx'
import { Boundary } from './parts/boundary.tsx'
import { KeySheet, Keys } from './parts/key-sheet.tsx'
import { type PaletteEntry, openPalette } from './parts/palette.tsx'
import { useKeyListener, useKeys } from './parts/use-keys.ts'
import { Finder } from './screens/finder.tsx'
import { screens } from './screens/registry.ts'
import { isNight } from './screens/wall/panes.ts'
import { WallScreen } from './screens/wall/wall-screen.tsx'
import { useDemo, useInDemo } from './stores/demo.ts'
import { useKeysStore } from './stores/keys.ts'
import { useLink } from './stores/link.ts'
import { go, home, hrefOf, useNavigation } from './stores/navigation.ts'
import { usePreferences } from './stores/preferences.ts'
import { cssVariables, theme } from './theme.ts'
import { tellShell } from './shell.ts'

interface AppProps {
  readonly line: EngineLine
  readonly clock: PageClock
}

export function App({ line, clock }: AppProps): ReactNode {
  return (
    <QueryClientProvider client={line.queries}>
      <EngineLineContext value={line}>
        <PageClockContext value={clock}>
          <Themed />
        </PageClockContext>
      </EngineLineContext>
    </QueryClientProvider>
  )
}

/** The wall is dark at night whatever the theme: a white screen lights a whole room. */
function Themed(): ReactNode {
  const wall = useLink((link) => link.shell?.wall === true)
  const night = useClock((now) => isNight(new Date(now).getHours()))
  const forced = wall && night ? { forceColorScheme: 'dark' as const } : {}
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" {...forced}>
      <Boundary key={wall ? 'wall' : 'frame'}>{wall ? <WallScreen night={night} /> : <Frame />}</Boundary>
    </MantineProvider>
  )
}

function Frame(): ReactNode {
  const preferences = usePreferences()
  const inDemo = useInDemo()
  const panel = useDemo((demo) => demo.panelOpen) && inDemo
  useKeyListener()
  useKeys({
    title: 'Everywhere',
    bindings: [
      { keys: 'mod+k', does: 'Find a screen or a command', run: openPalette },
      { keys: '?', does: 'Show the keys', run: () => useKeysStore.getState().showSheet(true) },
      {
        keys: 't',
        does: preferences.exactTimes ? 'Show relative times' : 'Show exact times',
        run: () => preferences.setExactTimes(!preferences.exactTimes),
      },
      { keys: 'F11', does: 'Show the wall', run: () => tellShell({ plumbline: 'wall', on: true }) },
    ],
  })
  useKeys({
    title: 'Go to',
    bindings: screens.flatMap(({ id, title, shortcut }) => (shortcut === null ? [] : [{ keys: shortcut, does: title, run: () => go(id) }])),
  })
  return (
    <>
      <a className="skip" href="#screen" onClick={focusScreen}>
        Skip to the screen
      </a>
      <div className="frame" data-panel={panel || undefined}>
        <div className="frame-banners">
          <DemoStripe />
          <EngineState />
        </div>
        <Navigation />
        <ShownScreen />
        <DemoPanel />
      </div>
      <Finder places={[...screens.map(({ id, title, says, shortcut }) => ({ id, label: title, says, keys: shortcut, run: () => go(id) })), inDemo ? outOfDemo : intoDemo]} />
      <KeySheet />
    </>
  )
}

const intoDemo: PaletteEntry = {
  id: 'demo',
  label: 'Explore the demo',
  says: 'A simulated shop and ERP that you may break; yours are read on meanwhile',
  keys: null,
  run: exploreDemo,
}
const outOfDemo: PaletteEntry = { id: 'demo', label: 'Leave the demo', says: 'Back to your own connections', keys: null, run: leaveDemo }

/** By hand, since the address belongs to the navigation. */
function focusScreen(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#screen')?.focus()
}

function Navigation(): ReactNode {
  const here = useNavigation((navigation) => navigation.place.screen)
  return (
    <nav className="frame-nav" aria-label="Screens">
      <div className="brand">
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 0v8" stroke="currentColor" strokeWidth="1.5" />
          <path d="M4.5 8h7L8 16z" fill="var(--accent)" />
        </svg>
        <span className="nav-word">Plumbline</span>
      </div>
      <ul>
        {screens
          .filter((screen) => screen.inNavigation)
          .map((screen) => (
            <li key={screen.id}>
              <a className="nav-link" href={hrefOf(screen.id)} title={screen.title} aria-current={screen.id === here ? 'page' : undefined}>
                <screen.icon size={16} stroke={1.75} />
                <span className="nav-word">{screen.title}</span>
                {screen.shortcut === null ? null : <Keys keys={screen.shortcut} />}
              </a>
            </li>
          ))}
      </ul>
      <div className="nav-foot">
        <button type="button" className="nav-link" onClick={openPalette}>
          <IconCommand size={16} stroke={1.75} />
          <span className="nav-word">Find</span>
          <Keys keys="mod+k" />
        </button>
        <button type="button" className="nav-link" onClick={() => useKeysStore.getState().showSheet(true)}>
          <IconHelp size={16} stroke={1.75} />
          <span className="nav-word">Keys</span>
          <Keys keys="?" />
        </button>
      </div>
    </nav>
  )
}

/** The screen of the address; an address that names none shows home. The focus follows, so that a reader hears it. */
function ShownScreen(): ReactNode {
  const place = useNavigation((navigation) => navigation.place)
  const box = useRef<HTMLElement>(null)
  const before = useRef(place)
  const screen = screens.find(({ id }) => id === place.screen) ?? screens.find(({ id }) => id === home.screen)
  const title = screen?.title ?? 'Plumbline'
  const inDemo = useInDemo()
  useEffect(() => {
    document.title = `${inDemo ? 'Demo – ' : ''}${title} – Plumbline`
  }, [inDemo, title])
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    box.current?.focus({ preventScroll: true })
    box.current?.scrollTo({ top: 0 })
  }, [place])
  if (screen === undefined) return null
  return (
    <main id="screen" className="frame-screen" tabIndex={-1} ref={box} aria-label={title}>
      <Boundary key={`${screen.id} ${place.id ?? ''}`}>
        {place.id !== null && screen.detail !== null ? <screen.detail id={place.id} /> : <screen.component />}
      </Boundary>
    </main>
  )
}
