/** @file What a page hears of a training run, put into what it shows. */
import type { News } from '#lib/engine/training/client.ts';
import type { Spent } from '#lib/engine/training/protocol.ts';
import type { View } from './view.ts';

/** The losses and the hashes of a view grow in place; all else is another view. */
export function withNews(
	view: View,
	news: Exclude<News, { type: 'kept' | 'lost' }>,
	/** Of the last state that was kept: after a run that got out of hand the weights are these. */
	kept: string | undefined
): View {
	switch (news.type) {
		case 'progress':
			view.losses.add(news.losses);
			if (news.look) view.hashes.push([news.look.step, news.look.sha256]);
			return {
				...view,
				spent: news.spent,
				count: view.losses.count,
				look: news.look ?? view.look,
				sha256: news.look?.sha256 ?? view.sha256
			};
		case 'held':
			return { ...view, held: replaced(view.held, { step: news.step, loss: news.loss }) };
		case 'picture':
			return { ...view, pictures: replaced(view.pictures, { step: news.step, text: news.text }) };
		case 'moved':
			view.losses.cut(news.spent.steps);
			return {
				...view,
				spent: news.spent,
				count: news.spent.steps,
				held: upTo(view.held, news.spent),
				pictures: upTo(view.pictures, news.spent),
				hashes: view.hashes.filter(([step]) => step <= news.spent.steps)
			};
		case 'stands': {
			const sha256 = news.why === 'diverged' ? (kept ?? news.sha256) : news.sha256;
			return { ...view, spent: news.spent, sha256 };
		}
	}
}

export const upTo = <Item extends { step: number }>(
	items: readonly Item[],
	{ steps }: Pick<Spent, 'steps'>
): Item[] => items.filter(({ step }) => step <= steps);

/** In order of steps, one for each: a step may be told twice when a run goes on from before it. */
function replaced<Item extends { step: number }>(items: readonly Item[], item: Item): Item[] {
	return [...items.filter(({ step }) => step < item.step), item];
}
