/** @file The panels of the strip: four scales, or the steps of stepping back. */
import { use } from '#lib/meter/basis.ts';
import { share } from '#lib/meter/crossing.ts';
import { way } from './camera.svelte.ts';
import { barAmount } from './captions.ts';
import { drawn, type Frame, type Scene } from './scene.ts';
import type { Stop } from './stops.ts';
import type { Panel } from './Strip.svelte';
import { count, partIn, percent, range } from '../words.ts';

/** One panel a scale, the class left out: it would show what the first one shows. */
export function scalePanels(scene: Scene): Panel[] {
	return scene.stops
		.filter(({ key }) => key !== 'class')
		.map((stop) => ({
			key: stop.key,
			name: stop.name,
			who: stop.who,
			...drawn(scene, frameOf(scene, stop)),
			label: shareWords(scene, stop)
		}));
}

/** The frames on the way from the crossing to everyone; none where use does not get far beyond the bar. */
export function stepPanels(scene: Scene): Panel[] {
	const { basis, reference } = scene;
	const one = use(basis, reference).total;
	const everyone = scene.stops.find(({ key }) => key === 'everyone')!;
	const from = { top: basis.bar.high, askings: basis.bar.high / one };
	const frames = way(from, frameOf(scene, everyone), one, basis.bar.high);
	if (frames.length < 2) return [];

	return [from, ...frames].map((frame, i) => ({
		key: String(i),
		name: i ? `Step ${i}` : 'The crossing',
		who:
			i === frames.length ? 'everyone, a day' : `use is ${count(frame.top / from.top)} × training`,
		...drawn({ ...scene, counts: reference }, frame),
		label: `training: ${barAmount(scene)}`
	}));
}

/** How much of the bar so many askings are, in the shortest words. */
export function shareWords({ basis, reference }: Scene, stop: Stop): string {
	if (stop.key === 'crossing') return 'as much as training';
	const part = share(use(basis, reference).total * stop.askings, basis.bar);
	if (part.low >= 10) return `${count(part.low)} × training`;
	if (part.high >= 0.001) return `${percent(part)} of training`;
	return part.low === part.high
		? partIn(1 / part.high)
		: `1 part in ${range({ low: 1 / part.high, high: 1 / part.low })}`;
}

export function frameOf({ basis, reference }: Scene, { askings }: Stop): Frame {
	return { top: Math.max(basis.bar.high, use(basis, reference).total * askings), askings };
}
