/**
 * The one list of screens: the navigation, the command palette, the keyboard map and the addresses are made from it.
 *
 * To add a screen, import its component and add one entry. A screen with `detail` shows that component at
 * `#/<id>/<thing>` and gives it the thing's id. `shortcut` is two keys in a row (`g` and a letter). Screens with
 * `inNavigation: false` are reached by links and the palette only.
 */
import { IconAlertTriangle, IconLayoutDashboard } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { IncidentScreen } from './incident/incident-screen.tsx'
import { IncidentsScreen } from './incidents/incidents-screen.tsx'
import { OverviewScreen } from './overview/overview-screen.tsx'

export interface Screen {
  /** Lower-case letters and dashes; the first part of the address. */
  readonly id: string
  readonly title: string
  /** What a person finds there, for the palette. */
  readonly says: string
  readonly shortcut: string | null
  /** A Tabler icon; drawn at 16 pixels. */
  readonly icon: ComponentType<{ readonly size?: number | string; readonly stroke?: number | string }>
  readonly component: ComponentType
  readonly detail: ComponentType<{ readonly id: string }> | null
  readonly inNavigation: boolean
}

export const screens: readonly Screen[] = [
  {
    id: 'overview',
    title: 'Overview',
    says: 'Unmatched paid orders, stock staleness and tax variance',
    shortcut: 'g o',
    icon: IconLayoutDashboard,
    component: OverviewScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'incidents',
    title: 'Incidents',
    says: 'What is wrong, worst first, and what was decided about it',
    shortcut: 'g i',
    icon: IconAlertTriangle,
    component: IncidentsScreen,
    detail: IncidentScreen,
    inNavigation: true,
  },
]
