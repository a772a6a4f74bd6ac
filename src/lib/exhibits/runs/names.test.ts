import { describe, expect, test } from 'vitest';
import table from 'virtual:ledger/runs';
import type { TrainingRun } from '#lib/ledger/card.ts';
import { axes } from './axes.ts';
import { fitting, everything, makersIn } from './filter.ts';
import { frameOf, inOrder, marksOf } from './frame.ts';
import { boxOf } from './labels.ts';
import { between, HEIGHT, namesOf, obstaclesOf, threadOf, widths } from './names.ts';

const runs = inOrder(table);

function drawn(axis = axes[0], some: readonly TrainingRun[] = runs, first: string[] = []) {
	const frame = frameOf(runs, axis);
	const marks = marksOf(some, axis, frame);
	return { marks, names: namesOf(marks, axis, first) };
}

const touch = (a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>) =>
	a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

/** What lies on what, in a picture of so many rem. */
function collisions(
	labels: ReturnType<typeof namesOf>[number]['labels'],
	marks: ReturnType<typeof drawn>['marks'],
	axis: (typeof axes)[number],
	width: number
): string[] {
	const room = { width, height: HEIGHT };
	const boxes = labels.map((label) => ({ name: label.lines[0], box: boxOf(label, room) }));
	const thread = threadOf(marks, axis);
	const known = marks.filter(({ low, high }) => (low ?? high) !== undefined);
	const points = [
		...obstaclesOf(known, axis.parts),
		...thread.slice(1).flatMap((to, i) => between(thread[i], to))
	];
	const found: string[] = [];
	for (const [i, { name, box }] of boxes.entries()) {
		if (box.left < -0.25 || box.right > width + 0.65) found.push(`${name} sticks out`);
		for (const other of boxes.slice(i + 1)) {
			if (touch(box, other.box)) found.push(`${name} lies on ${other.name}`);
		}
		for (const { x, y } of points) {
			const [left, bottom] = [x * width, y * HEIGHT];
			const dot = { left, right: left, bottom, top: bottom };
			if (touch(box, { ...dot, right: left + 0.01, top: bottom + 0.01 }))
				found.push(`${name} hides a point`);
		}
	}
	return found;
}

test('the first view names whom it speaks of', () => {
	const named = Object.fromEntries(
		drawn(axes[0], runs, ['gpt-3-175b', 'deepseek-v3']).names.map(({ key, labels }) => [
			key,
			labels.map(({ lines }) => lines[0])
		])
	);
	// at 320 pixels GPT-2 itself finds no room; the caption names it
	expect(named.narrow).toEqual(expect.arrayContaining(['GPT-2 again', 'Transformer', 'GPT-4']));
	for (const key of ['phone', 'middle', 'wide']) {
		expect(named[key], key).toEqual(
			expect.arrayContaining(['GPT-2', 'GPT-2 again', 'Transformer', 'GPT-4'])
		);
	}
	for (const key of ['middle', 'wide']) {
		expect(named[key]).toEqual(expect.arrayContaining(['Gemini Ultra', 'DeepSeek-V3', 'GPT-3']));
	}
});

describe.each(axes.map((axis) => [axis.key, axis] as const))('%s', (_, axis) => {
	test.each(widths.map((width, i) => [width.key, i] as const))(
		'no name on another, on a dot or outside, %s',
		(_, at) => {
			for (const first of [[], ['gpt-3-175b', 'deepseek-v3'], ['grok-3', 'grok-4', 'gpt-4-5']]) {
				const { marks, names } = drawn(axis, runs, first);
				const { labels } = names[at];
				expect(labels.length).toBeGreaterThanOrEqual(3);
				const from: number = widths[at].room;
				const to = widths[at + 1]?.room ?? 60;
				for (let width = from; width <= to; width += 0.5) {
					expect(collisions(labels, marks, axis, width), `${width} rem`).toEqual([]);
				}
			}
		}
	);

	test('nor where only some are shown', () => {
		for (const { maker } of makersIn(runs)) {
			const some = runs.filter(fitting({ ...everything, maker }));
			const { marks, names } = drawn(axis, some);
			for (const [at, { labels }] of names.entries()) {
				expect(collisions(labels, marks, axis, widths[at].room), maker).toEqual([]);
			}
		}
	});
});
