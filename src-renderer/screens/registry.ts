/**
 * The one list of screens: the navigation, the command palette, the keyboard map and the addresses are made from it.
 *
 * To add a screen, import its component and add one entry. A screen with `detail` shows that component at
 * `#/<id>/<thing>` and gives it the thing's id. `shortcut` is two keys in a row (`g` and a letter). Screens with
 * `inNavigation: false` are reached by links and the palette only.
 */
import { IconAlertTriangle, IconBox, IconCalendarCheck, IconLayoutDashboard, IconLink, IconListCheck, IconPlayerPlay, IconPlugConnected, IconRepeat, IconScale, IconReceipt, IconReceiptTax, IconSend, IconSettings, IconTags, IconUsers } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { AuditDetailScreen, AuditScreen } from './audit/audit-screen.tsx'
import { CloseScreen, ClosedDayScreen } from './close/close-screen.tsx'
import { ChannelScreen } from './channels/channel-screen.tsx'
import { ConnectScreen } from './connections/connect-screen.tsx'
import { ConnectionScreen } from './connections/connection-screen.tsx'
import { ConnectionsScreen } from './connections/connections-screen.tsx'
import { FirstRunScreen } from './first-run/first-run-screen.tsx'
import { IncidentScreen } from './incident/incident-screen.tsx'
import { IncidentsScreen } from './incidents/incidents-screen.tsx'
import { OrderScreen } from './orders/order-screen.tsx'
import { OrdersScreen } from './orders/orders-screen.tsx'
import { OverviewScreen } from './overview/overview-screen.tsx'
import { NewPairScreen, PairScreen } from './pair/pair-screen.tsx'
import { ReplaysScreen } from './replays/replays-screen.tsx'
import { StockScreen } from './stock/stock-screen.tsx'
import { CustomersScreen } from './products/customers-screen.tsx'
import { ProductsScreen } from './products/products-screen.tsx'
import { RecordsScreen } from './products/records-screen.tsx'
import { TaxScreen } from './tax/tax-screen.tsx'
import { DeliveriesScreen } from './channels/deliveries-screen.tsx'
import { PersonScreen } from './rules/person-screen.tsx'
import { RuleScreen } from './rules/rule-screen.tsx'
import { RulesScreen } from './rules/rules-screen.tsx'
import { SettingsScreen } from './settings/settings-screen.tsx'

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
  {
    id: 'orders',
    title: 'Orders',
    says: 'Each order from its payment to its invoice, on both sides',
    shortcut: 'g e',
    icon: IconReceipt,
    component: OrdersScreen,
    detail: OrderScreen,
    inNavigation: true,
  },
  {
    id: 'stock',
    title: 'Stock',
    says: 'Each SKU at each location: on sale, in the ERP, and what it should show',
    shortcut: 'g k',
    icon: IconBox,
    component: StockScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'tax',
    title: 'Tax',
    says: 'Where tax differs and why, how each side rounds, and each order to the cent',
    shortcut: 'g t',
    icon: IconReceiptTax,
    component: TaxScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'products',
    title: 'Products',
    says: 'Both catalogues side by side, and where records come from',
    shortcut: 'g p',
    icon: IconTags,
    component: ProductsScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'customers',
    title: 'Customers',
    says: 'Who stands in the ERP more than once',
    shortcut: 'g m',
    icon: IconUsers,
    component: CustomersScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'records',
    title: 'Origin and exceptions',
    says: 'How well records say where they come from, and what is done by hand',
    shortcut: null,
    icon: IconTags,
    component: RecordsScreen,
    detail: null,
    inNavigation: false,
  },
  {
    id: 'replays',
    title: 'Replays',
    says: 'What was sent, or is about to be, and what became of it',
    shortcut: 'g r',
    icon: IconRepeat,
    component: ReplaysScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'close',
    title: 'Close',
    says: 'A day’s takings against its bookings, each cent in its place, and the sign-off',
    shortcut: 'g d',
    icon: IconCalendarCheck,
    component: CloseScreen,
    detail: ClosedDayScreen,
    inNavigation: true,
  },
  {
    id: 'connections',
    title: 'Connections',
    says: 'How each side is read, and what two of them agreed on',
    shortcut: 'g c',
    icon: IconPlugConnected,
    component: ConnectionsScreen,
    detail: ConnectionScreen,
    inNavigation: true,
  },
  {
    id: 'rules',
    title: 'Rules',
    says: 'What is judged and how, whose it is, and by when',
    shortcut: 'g u',
    icon: IconScale,
    component: RulesScreen,
    detail: RuleScreen,
    inNavigation: true,
  },
  {
    id: 'people',
    title: 'People and roles',
    says: 'Who answers for what was found, and when they work',
    shortcut: null,
    icon: IconScale,
    component: RulesScreen,
    detail: PersonScreen,
    inNavigation: false,
  },
  {
    id: 'audit',
    title: 'Audit',
    says: 'Who did what, when and why; the checklist and the controls of an integration',
    shortcut: 'g a',
    icon: IconListCheck,
    component: AuditScreen,
    detail: AuditDetailScreen,
    inNavigation: true,
  },
  {
    id: 'settings',
    title: 'Settings',
    says: 'Repairs, reading, notices and appearance',
    shortcut: 'g s',
    icon: IconSettings,
    component: SettingsScreen,
    detail: null,
    inNavigation: true,
  },
  {
    id: 'channels',
    title: 'Channels',
    says: 'Mail, webhooks and pushes when nobody reacts, and what became of each',
    shortcut: null,
    icon: IconSend,
    component: DeliveriesScreen,
    detail: ChannelScreen,
    inNavigation: false,
  },
  {
    id: 'connect',
    title: 'Connect another',
    says: 'Add a shop, an ERP or another system',
    shortcut: null,
    icon: IconPlugConnected,
    component: ConnectScreen,
    detail: null,
    inNavigation: false,
  },
  {
    id: 'pairs',
    title: 'Pair a shop with an ERP',
    says: 'How orders are named, when they are due, where stock lives',
    shortcut: null,
    icon: IconLink,
    component: NewPairScreen,
    detail: PairScreen,
    inNavigation: false,
  },
  {
    id: 'first-run',
    title: 'First run',
    says: 'Connect a shop and an ERP, step by step',
    shortcut: null,
    icon: IconPlayerPlay,
    component: FirstRunScreen,
    detail: null,
    inNavigation: false,
  },
]
