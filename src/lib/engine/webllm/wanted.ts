/** @file What the worker needs to know of a model, as a copy that can be posted. */
import type { Model } from './model.ts';
import { manifestAt, placeOf, type Source } from './place.ts';
import type { Wanted } from './protocol.ts';

export function wantedOf(model: Model, source: Source): Wanted {
	const { folder, library } = placeOf(model, source);
	const manifest = manifestAt(model, source);
	return {
		id: String(model.id),
		place: { folder, library },
		bytes: Number(model.downloadBytes),
		...(manifest === undefined ? {} : { manifest }),
		context: Number(model.context),
		...(model.firstToken === undefined ? {} : { firstToken: Number(model.firstToken) })
	};
}
