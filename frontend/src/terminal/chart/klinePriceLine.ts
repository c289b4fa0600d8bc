/** The overlay that draws a working order or a position as a line over the whole chart. */
import { registerOverlay, type OverlayFigure } from 'klinecharts';

export const PRICE_LINE = 'terminal-price-line';

/** What one line looks like, carried by the overlay as its data. */
export interface PriceLineLook {
  text: string;
  priceText: string;
  color: string;
  textColor: string;
  panelColor: string;
  font: string;
  dashed: boolean;
  closable: boolean;
  /** Whether the price axis carries the price too; it would hide the last price if all lines did. */
  onAxis: boolean;
}

const LABEL_X = 12;
const HEIGHT = 20;
let isRegistered = false;

function textFigure(key: string, x: number, y: number, text: string, look: PriceLineLook): OverlayFigure {
  const filled = key === 'label';
  return {
    key,
    type: 'text',
    attrs: { x, y, text, align: 'left', baseline: 'middle' },
    styles: {
      style: 'stroke_fill',
      color: filled ? look.textColor : look.color,
      backgroundColor: filled ? look.color : look.panelColor,
      borderColor: look.color,
      borderSize: 1,
      borderRadius: filled && look.closable ? [2, 0, 0, 2] : 2,
      size: 11,
      weight: 600,
      family: look.font,
      paddingLeft: 6,
      paddingRight: 6,
      paddingTop: 3,
      paddingBottom: 3,
    },
    ignoreEvent: key !== 'close',
  };
}

function width(text: string, look: PriceLineLook): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * 7 + 12;
  context.font = `600 11px ${look.font}`;
  return Math.ceil(context.measureText(text).width) + 12;
}

/** Registers the overlay once for all charts of the page. */
export function registerPriceLine(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerOverlay<PriceLineLook>({
    name: PRICE_LINE,
    totalStep: 2,
    createPointFigures: ({ coordinates, bounding, overlay }) => {
      const y = coordinates[0]?.y;
      const look = overlay.extendData;
      if (y === undefined) return [];
      const figures: OverlayFigure[] = [
        {
          type: 'line',
          attrs: {
            coordinates: [
              { x: 0, y },
              { x: bounding.width, y },
            ],
          },
          styles: {
            style: look.dashed ? 'dashed' : 'solid',
            dashedValue: [4, 3],
            color: look.color,
            size: 1,
          },
          ignoreEvent: true,
        },
        textFigure('label', LABEL_X, y, look.text, look),
      ];
      if (look.closable) figures.push(textFigure('close', LABEL_X + width(look.text, look), y, '×', look));
      return figures;
    },
    createYAxisFigures: ({ coordinates, bounding, overlay }) => {
      const y = coordinates[0]?.y;
      if (y === undefined || !overlay.extendData.onAxis) return [];
      const figure = textFigure('label', 0, y, overlay.extendData.priceText, overlay.extendData);
      return {
        ...figure,
        attrs: {
          x: 0,
          y,
          width: bounding.width,
          height: HEIGHT,
          text: overlay.extendData.priceText,
          align: 'left',
          baseline: 'middle',
        },
      };
    },
  });
}
