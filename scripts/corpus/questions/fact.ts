/** A fact is a question in many forms and an answer put together from clauses. */
import { lines } from '../grammar.ts';

export type Fact = {
	id: string;
	/** Words of which a good answer uses at least one. */
	topic: string[];
	questions: string[];
	/** One of these answers the question. */
	core: string[];
	/** One, two or three of these may follow, in any order. */
	more: string[];
	share: number;
};

/**
 * Facts written as blocks: "# id: topic words", then questions "?", cores "=", additions "+".
 * A share after the id ("# id *3: …") makes a fact more frequent.
 */
export function facts(text: string): Fact[] {
	const list: Fact[] = [];
	for (const line of lines(text)) {
		const mark = line[0];
		const rest = line.slice(1).trim();
		if (mark === '#') {
			const [head, topic] = rest.split(':') as [string, string];
			const [id, share] = head.split('*') as [string, string | undefined];
			list.push({
				id: id.trim(),
				topic: topic.trim().split(' '),
				questions: [],
				core: [],
				more: [],
				share: share === undefined ? 1 : Number(share)
			});
			continue;
		}
		const fact = list[list.length - 1];
		if (mark === '?') fact?.questions.push(rest);
		else if (mark === '=') fact?.core.push(rest);
		else if (mark === '+') fact?.more.push(rest);
		else throw new Error(`A line without a mark: ${line}`);
	}
	return list;
}
