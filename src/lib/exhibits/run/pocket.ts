/** @file The pocket model as exhibits reach it: none of its code is in a page before it is asked for. */
import type { PocketDoor } from '#lib/engine/doors.ts';

/** @throws when its code cannot be fetched; `notLoaded` is what readers are told then */
export async function pocketDoor(): Promise<PocketDoor> {
	return (await import('#lib/engine/doors.ts')).pocketEngine();
}

let elsewhere = () => false;

/** Hears from whoever chooses what writes: while `test` holds it is another model, and this one need not come ahead. */
export function unlessElse(test: () => boolean): void {
	elsewhere = test;
}

/** Somebody is about to press Run: code and weights may come, if it is this model that writes. */
export function warm(): void {
	if (elsewhere()) return;
	void import('#lib/engine/doors.ts').then((doors) => doors.warm()).catch(() => {});
}

export const notLoaded = () =>
	navigator.onLine
		? 'The program that runs the model could not be loaded. Check the connection, then press Run again.'
		: 'You are offline, and the program that runs the model has not come yet. When the network is back, press Run again.';
