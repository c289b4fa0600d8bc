/** Path data of the icons, drawn on a 16 by 16 grid with a 1.5 wide line. */
export const ICONS = {
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  play: 'M5 3.2v9.6L12.5 8 5 3.2Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7',
  moon: 'M13 9.6A5.5 5.5 0 1 1 6.4 3 4.4 4.4 0 0 0 13 9.6Z',
  command: 'M2.5 4.5l3 3.5-3 3.5M8 12h5.5',
  check: 'M3 8.5l3.2 3L13 4.5',
  alert: 'M8 2.2l6.2 11H1.8l6.2-11ZM8 6.5v3M8 11.4v.1',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6',
  chevronDown: 'M4 6l4 4 4-4',
  chevronUp: 'M4 10l4-4 4 4',
  arrowLeft: 'M13 8H3M7 4L3 8l4 4',
} as const;

export type IconName = keyof typeof ICONS;
