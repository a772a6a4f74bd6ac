/** @file The receipt as a picture: its text, line by line, on paper torn off at both ends. */
import { squaresOf } from '#lib/ui/mosaic.ts';
import { COLUMNS, textOf, type Line } from './receipt-lines.ts';

/** Twice the dots across of a 58 mm printer. */
const WIDTH = 768;
const MARGIN = 48;
const FONT = 34; // px
const ROW = 46; // px
const TOOTH = 16; // px
const SQUARE = 36; // px

/**
 * @param colours an element of the page from which the colours of the light theme are read: paper is light
 * @returns a PNG
 * @throws when the browser cannot draw it
 */
export async function pictureOf(lines: readonly Line[], colours: Element): Promise<Blob> {
	const colour = reader(colours);
	const parts = lines.map((line) =>
		line.kind === 'mosaic' ? line : textOf([line]).replace(/\n$/, '').split('\n')
	);
	const height =
		parts.reduce(
			(sum, part) => sum + (Array.isArray(part) ? part.length * ROW : 8 * SQUARE + ROW / 2),
			0
		) +
		2 * MARGIN +
		2 * TOOTH;

	const canvas = document.createElement('canvas');
	canvas.width = WIDTH;
	canvas.height = height;
	const pen = canvas.getContext('2d');
	if (!pen) throw new Error('This browser cannot draw the picture.');

	pen.fillStyle = colour('--paper');
	pen.fill(torn(height));
	pen.textBaseline = 'middle';
	const family = getComputedStyle(document.documentElement).getPropertyValue('--mono');
	// The letters of any machine, as wide as the paper allows.
	pen.font = `${FONT}px ${family}`;
	const size = Math.min(
		FONT,
		(FONT * (WIDTH - 2 * MARGIN)) / pen.measureText('0'.repeat(COLUMNS)).width
	);

	let y = TOOTH + MARGIN;
	for (const [i, part] of parts.entries()) {
		const line = lines[i];
		if (!Array.isArray(part)) {
			drawMosaic(pen, part.sha256, y, colour);
			y += 8 * SQUARE + ROW / 2;
			continue;
		}
		const bold = line.kind === 'total' || line.kind === 'title' || line.kind === 'strong';
		pen.font = `${bold ? '700 ' : ''}${size}px ${family}`;
		pen.fillStyle = colour(
			line.kind === 'pair' && line.side
				? `--${line.side}`
				: line.kind === 'small'
					? '--ink-soft'
					: '--ink'
		);
		for (const row of part) {
			pen.fillText(row, MARGIN, y + ROW / 2);
			y += ROW;
		}
	}
	return new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot draw the picture.'))),
			'image/png'
		)
	);
}

function torn(height: number): Path2D {
	const edge = new Path2D();
	edge.moveTo(0, TOOTH);
	for (let x = 0; x < WIDTH; x += 2 * TOOTH) {
		edge.lineTo(x + TOOTH, 0);
		edge.lineTo(x + 2 * TOOTH, TOOTH);
	}
	edge.lineTo(WIDTH, height - TOOTH);
	for (let x = WIDTH; x > 0; x -= 2 * TOOTH) {
		edge.lineTo(x - TOOTH, height);
		edge.lineTo(x - 2 * TOOTH, height - TOOTH);
	}
	edge.closePath();
	return edge;
}

function drawMosaic(
	pen: CanvasRenderingContext2D,
	sha256: string,
	top: number,
	colour: (name: string) => string
): void {
	const left = (WIDTH - 8 * SQUARE) / 2;
	pen.fillStyle = colour('--learned-fill');
	for (const [i, dark] of squaresOf(sha256).entries()) {
		pen.globalAlpha = dark ? 1 : 0.26;
		const [x, y] = [left + (i % 8) * SQUARE, top + Math.floor(i / 8) * SQUARE];
		pen.fillRect(x + 1, y + 1, SQUARE - 2, SQUARE - 2);
	}
	pen.globalAlpha = 1;
}

/** Reads colours of the look as the light theme has them. */
function reader(near: Element): (name: string) => string {
	return (name) => {
		const probe = document.createElement('span');
		probe.style.setProperty('color-scheme', 'light');
		probe.style.setProperty('color', `var(${name})`);
		near.append(probe);
		const { color } = getComputedStyle(probe);
		probe.remove();
		return color;
	};
}
