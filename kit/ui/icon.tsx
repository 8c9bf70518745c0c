/** Names of the icons. Drawn by us as strokes in a 16 by 16 box. */
export type IconName = keyof typeof icons

const icons = {
  add: 'M8 3v10M3 8h10',
  apps: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.7 14h2.6',
  bolt: 'M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z',
  building: 'M3 14V2.5h6V14M9 6h4v8M1.5 14h13M5 5.5h2M5 8.5h2',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3',
  check: 'm3 8.5 3.2 3.2L13 5',
  'chevron-down': 'm4 6 4 4 4-4',
  'chevron-left': 'm10 4-4 4 4 4',
  'chevron-right': 'm6 4 4 4-4 4',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 5v3.2l2.2 1.6',
  close: 'm4 4 8 8M12 4l-8 8',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  copy: 'M5.5 5.5h7.5v8H5.5zM3 10.5v-8h7.5',
  delete: 'M3 4.5h10M6 4.5v-2h4v2M4.2 4.5l.6 9h6.4l.6-9M6.7 7v4M9.3 7v4',
  device: 'M3 3h10v7.5H3zM1.5 13h13',
  document: 'M4 2h5.5L12 4.5V14H4zM9 2v3h3M6 8h4M6 10.5h4',
  download: 'M8 2.5V10M5 7.2 8 10l3-2.8M3 13.2h10',
  edit: 'M3 13l.6-2.8L10.8 3l2.2 2.2L5.8 12.4zM9.2 4.6l2.2 2.2',
  error: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.8v4M8 11.1v.2',
  export: 'M8 10V2.5M5 5.2 8 2.5l3 2.7M3 10v3.5h10V10',
  filter: 'M2 3h12L9.5 8.5V13l-3 1V8.5z',
  gear: 'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4',
  group:
    'M6 3.2a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M1.8 13c0-2.6 1.8-4 4.2-4s4.2 1.4 4.2 4M10.6 3.6a2 2 0 0 1 0 3.8M11.8 9.3c1.6.5 2.5 1.7 2.5 3.7',
  help: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6.2 6.4c0-1 .8-1.7 1.8-1.7s1.8.7 1.8 1.6C9.8 7.7 8 7.6 8 9.1M8 11.2v.1',
  home: 'M2 7.5 8 2.5l6 5M3.5 6.5v7h9v-7M6.7 13.5V9.5h2.6v4',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 7.2v4M8 4.8v.2',
  key: 'M5 7.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M7 8l6-6M11 4l1.8 1.8M9.2 5.8l1.4 1.4',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5 7.5 13a2.8 2.8 0 0 1-4-4L5 7.5',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.2M2.5 8h.2M2.5 12h.2',
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  mail: 'M2 3.5h12v9H2zM2.5 4 8 8.5 13.5 4',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  open: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11 9.5v4H2.5V5h4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  phone:
    'M4 2.5h2.2l1 3-1.5 1.2a8 8 0 0 0 3.6 3.6l1.2-1.5 3 1V12c0 .8-.7 1.5-1.5 1.5A9.5 9.5 0 0 1 2.5 4c0-.8.7-1.5 1.5-1.5',
  play: 'M5 3v10l8-5z',
  refresh: 'M13 5.5A5.5 5.5 0 1 0 13.5 8.5M13.3 2.5v3.2h-3.2',
  restart: 'M3 5.5A5.5 5.5 0 1 1 2.5 8.5M2.7 2.5v3.2h3.2',
  role: 'M3 4.5h10v8H3zM6 4.5V3h4v1.5M6.5 8.5h3M8 7v3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3l3.4 3.4',
  send: 'M2.5 8 13.5 3l-3 10.5-3-4zM7.5 9.5l6-6.5',
  shield: 'M8 2l5 1.8v4c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2v-4z',
  'sign-out': 'M6.5 2.5h-4v11h4M6 8h7.5M10.8 5.2 13.5 8l-2.7 2.8',
  star: 'm8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  stop: 'M4 4h8v8H4z',
  success: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.3 8.2l1.9 1.9 3.5-3.8',
  swap: 'M3 5.5h10M10.5 3 13 5.5 10.5 8M13 10.5H3M5.5 8 3 10.5 5.5 13',
  upload: 'M8 10.5V3M5 5.7 8 3l3 2.7M3 13.2h10',
  user: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4M2.8 13.5c0-2.7 2.2-4.2 5.2-4.2s5.2 1.5 5.2 4.2',
  warning: 'M8 2.3 14.2 13.2H1.8zM8 6.3v3.4M8 11.4v.2',
} as const

export interface IconProps {
  readonly name: IconName
  /** Edge length in pixels, 16 unless told. */
  readonly size?: number | undefined
}

/** A small picture beside words; hidden from screen readers, so never the only label. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg
      class="k-icon"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={icons[name]} />
    </svg>
  )
}
