/** @file Which model a run is of, and of a recording where and when it was made. */
import { day } from '../words.ts';
import { visible } from './plain.ts';
import type { Origin } from './shown.ts';

/** "SmolLM2-360M, recorded 3 Nov 2026 on Chrome 156, Linux". */
export function originLine(origin: Origin): string {
	return `${modelName(origin)}, ${recordedLine(origin)}`;
}

export function modelName({ model }: Pick<Origin, 'model'>): string {
	const name = visible(model.name).slice(0, 60);
	return name.charAt(0).toUpperCase() + name.slice(1);
}

/** "recorded 3 Nov 2026 on Chrome 156, Linux". */
export function recordedLine({ date, device }: Origin): string {
	const where = deviceName(device);
	const when = date ? ` ${day(date)}` : '';
	return `recorded${when}${where ? ` on ${where}` : ''}`;
}

/** What a record says of its device, in a few words: it may say anything. */
function deviceName(device: object | undefined): string {
	const { cpu, gpu, browser, system, runtime } = (device ?? {}) as Record<string, unknown>;
	const words = [gpu, cpu, browser, system, runtime].filter(
		(word): word is string => typeof word === 'string' && word !== ''
	);
	return visible(words.slice(0, 2).join(', ')).replace(/\n/g, ' ').slice(0, 60);
}
