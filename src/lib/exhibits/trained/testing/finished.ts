import { TrainingClient } from '#lib/engine/training/client.ts';
import { first } from '#lib/engine/training/recipe.ts';
import type { Finished } from '../../train/finished.ts';

/** A training of a few steps, done here: all that is kept of one. */
export async function trainedHere(steps = 10, name = ''): Promise<Finished> {
	const recipe = { ...first, size: 'small' as const, steps };
	const losses: number[] = [];
	const hashes: [number, string][] = [];
	const done = Promise.withResolvers<void>();
	let pictures: Finished['pictures'] = [];
	const client = new TrainingClient((news) => {
		if (news.type === 'progress') {
			losses.push(...news.losses);
			if (news.look) hashes.push([news.look.step, news.look.sha256]);
		} else if (news.type === 'picture') {
			pictures = [...pictures, { step: news.step, text: news.text }];
		} else if (news.type === 'stands') done.resolve();
		else if (news.type === 'lost') done.reject(new Error(news.sentence));
	});
	const { prepared, on } = await client.prepare(recipe);
	client.learn(steps);
	await done.promise;
	const { checkpoint, spent, sha256 } = client.kept!;
	client.dispose();
	return {
		version: 1,
		at: Date.UTC(2026, 10, 26, 8, 20),
		name,
		checkpoint,
		recipe,
		prepared,
		spent,
		on,
		sha256,
		hashes,
		losses: new Float32Array(losses),
		held: [{ step: steps, loss: 3 }],
		pictures
	};
}
