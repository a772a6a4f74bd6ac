import type { Reason, Request, RunRecord, Token, Usage } from '#lib/events.ts';
import type { Counts } from '#lib/meter/basis.ts';

/** A run record, with the texts of the prompt's tokens where whoever made it knew them. */
export type Recording = RunRecord & { cuts?: readonly string[] };

/** What ran a run: an engine and its model; of a recording also where and when. */
export type Origin = Pick<RunRecord, 'engine' | 'model'> &
	Partial<Pick<RunRecord, 'device' | 'date' | 'version'>>;

/** A run as far as it has come; replaced whole, at most once a frame. */
export type Shown = {
	/** A recorded run stays labelled as one, also while it is replayed. */
	source: 'recorded' | 'live';
	/** Not known while an engine is still being fetched. */
	by?: Origin;
	request: Request;
	counts: Counts;
	/** The texts of the prompt's tokens, where they are known. */
	cuts?: readonly string[];
	/** All tokens so far: `counts.came` of them are meant to be seen. Grows in place. */
	tokens: readonly Token[];
	usage?: Usage;
	reason?: Reason;
	/** The conversation did not fit the model's window, and its beginning fell out. */
	forgot?: boolean;
	/** A plain sentence: what went wrong. */
	error?: string;
};

/** A recording, complete. */
export function recorded(record: Recording): Shown {
	const { request, tokens, usage, cuts, engine, model, device, date, version } = record;
	return {
		source: 'recorded',
		by: { engine, model, device, date, version },
		request,
		counts: { sent: usage.promptTokens, came: usage.outputTokens },
		...(cuts ? { cuts } : {}),
		tokens,
		usage,
		reason: record.reason as Reason
	};
}

/** A live run of which nothing has come. */
export function fresh(request: Request): Shown {
	return { source: 'live', request, counts: { sent: 0, came: 0 }, tokens: [] };
}
