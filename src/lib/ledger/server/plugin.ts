/**
 * @file The Vite plugin that brings the ledger into the site: it stops a build whose numbers are not
 * sound, serves the numbers as modules, and guards what a page may say and carry.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import { verdicts, type Claim } from '../claim.ts';
import { noted } from '../figure.ts';
import type { Special } from '../price.ts';
import { bareNumbers } from './bare-numbers.ts';
import { lineOf } from './blank.ts';
import { cite } from './cite.ts';
import { LedgerError, type Fault } from './fault.ts';
import { files, folder, readLedger, type Ledger } from './read.ts';

const prefix = 'virtual:ledger/';

/** The code of one virtual module, or undefined when there is no such module. */
export function moduleOf(name: string, ledger: Ledger): string | undefined {
	if (name === 'cards') {
		const { cards, standard } = ledger;
		return `export default ${literal(cards)};\nexport const standard = ${literal(standard)};\n`;
	}
	if (name === 'billed-as') return `export default ${literal(ledger.billedAs)};\n`;
	if (name === 'card-conditions') return `export default ${literal(cardConditions(ledger))};\n`;
	if (name === 'price-history') {
		const history = ledger.prices.map(({ note: _, ...price }) => price);
		return `export default ${literal(history)};\n`;
	}
	if (name === 'price-lines') return `export default ${literal(ledger.priceLines)};\n`;
	if (name === 'runs') return `export default ${literal(ledger.runs)};\n`;
	if (name === 'areas') {
		const areas = ledger.areas.map(({ name, squareMetres }) => ({ name, squareMetres }));
		return `export default ${literal(areas)};\n`;
	}
	if (name === 'all') {
		const { figures: _, claims: __, ...all } = ledger;
		return `export default ${literal(all)};\n`;
	}
	if (name === 'claims') return `export default ${literal(ledger.claims)};\n`;
	if (name === 'verdicts') {
		const count = (of: string) =>
			ledger.claims.claims.filter(({ verdict }) => verdict === of).length;
		const counts = Object.keys(verdicts).map((verdict) => [verdict, count(verdict)]);
		return `export default ${literal(Object.fromEntries(counts))};\n`;
	}
	if (name.startsWith('claim/')) {
		const claim = ledger.claims.claims.find(({ id }) => name === `claim/${id}`);
		// What a duel shows of it; the evidence is on the page of claims.
		return claim && `export default ${literal(pick(claim))};\n`;
	}
	if (name.startsWith('run/')) {
		const run = ledger.runs.find(({ model }) => name === `run/${slug(model)}`);
		if (!run) return;
		// What is said about it stands on the page of the ledger.
		const { note: _, co2: __, ...rest } = run;
		return `export default ${literal(rest)};\n`;
	}
	const figure = name.startsWith('figure/') && ledger.figures.get(name.slice('figure/'.length));
	if (figure) {
		// A page does not carry what it never shows.
		const { note, ...rest } = figure;
		return `export default ${literal(noted(figure) && note ? { ...rest, note } : rest)};\n`;
	}
}

/**
 * What the ledger makes of one source: its code with every `<Num>` given its entry, and what is wrong.
 * @param file path from the root of the repository
 */
export function check(
	source: string,
	file: string,
	ledger: Ledger
): { code: string; faults: Fault[] } {
	const markdown = file.endsWith('.md');
	const markup = markdown || file.endsWith('.svelte');
	const {
		code,
		citations,
		faults: wrong
	} = markup ? cite(source, markdown) : { code: source, citations: [], faults: [] };
	const faults: Fault[] = wrong.map((fault) => ({ file, ...fault }));

	for (const { id, line } of [...citations, ...imported(source)]) {
		if (ledger.figures.has(id)) continue;
		faults.push({ file, line, message: `the ledger has no entry "${id}"` });
	}
	if (file.startsWith('content/lessons/') && markdown) {
		for (const { line, text } of bareNumbers(source, families(ledger))) {
			const message = `bare number ${text}: cite the ledger with <Num id="…" />, or write {${text}} if it is mere counting`;
			faults.push({ file, line, message });
		}
	}
	return { code, faults: faults.sort((a, b) => a.line - b.line) };
}

export function ledger(): Plugin {
	let root = process.cwd();
	let known: Ledger | undefined;
	const current = () => (known ??= readLedger(root));

	return {
		name: 'ledger',
		enforce: 'pre',

		configResolved(config) {
			root = config.root;
		},

		buildStart() {
			known = undefined;
			stopping(this, current);
		},

		configureServer(server) {
			const home = join(root, folder) + sep;
			server.watcher.add(home);
			const renew = (path: string) => {
				if (!path.startsWith(home)) return;
				known = undefined;
				forget(server);
				server.hot.send({ type: 'full-reload' });
			};
			for (const event of ['add', 'change', 'unlink'] as const) server.watcher.on(event, renew);
		},

		resolveId(id, importer) {
			if (!id.startsWith(prefix)) return;
			// An entry is a module of its own for each file that cites it: shared, it would be a file of a few
			// hundred bytes, and a request costs more than those.
			const citing = id.startsWith(`${prefix}figure/`) && importer;
			return citing ? `\0${id}?in=${relative(root, importer)}` : `\0${id}`;
		},

		load(id, options) {
			if (!id.startsWith(`\0${prefix}`)) return;
			const [name] = id.slice(prefix.length + 1).split('?');
			if ((name === 'all' || name === 'claims') && !options?.ssr) {
				this.error(`${prefix}${name} is for server code: a page carries only what it cites`);
			}
			for (const file of files) this.addWatchFile(join(root, folder, file));
			const code = moduleOf(name, stopping(this, current));
			if (code === undefined) this.error(`the ledger has no ${name}`);
			return { code, moduleSideEffects: false };
		},

		transform(code, id) {
			if (!/\.(svelte|md|ts)$/.test(id) || id.includes('/node_modules/') || id.startsWith('\0'))
				return;
			const file = relative(root, id).split(sep).join('/');
			if (file.startsWith('..') || isAbsolute(file)) return;
			const checked = check(code, file, stopping(this, current));
			if (checked.faults.length) {
				const [{ line }] = checked.faults;
				this.error({
					message: new LedgerError(checked.faults).message,
					id,
					loc: { file: id, line, column: 0 }
				});
			}
			if (checked.code !== code) return { code: checked.code, map: null };
		}
	};
}

/** The name of a model as part of an address: `gpt-3-175b`. */
const slug = (model: string) =>
	model
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');

const pick = ({ id, claim, verdict }: Claim) => ({ id, claim, verdict });

/** Runs `read` and turns its faults into the build's own error. */
function stopping<T>(context: { error(message: string): never }, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof LedgerError) context.error(error.message);
		throw error;
	}
}

/** Makes a dev server load the ledger's modules afresh. */
function forget(server: ViteDevServer) {
	for (const { moduleGraph } of Object.values(server.environments)) {
		for (const [id, module] of moduleGraph.idToModuleMap) {
			if (id.startsWith(`\0${prefix}`)) moduleGraph.invalidateModule(module);
		}
	}
}

/** What the cards ask beside their ordinary rates, by the key of the card: of those that do. */
function cardConditions({ cards, prices }: Ledger): Record<string, Special> {
	const found = cards.flatMap((card) => {
		const { key, from, source, input, output } = card;
		// A card names its model in words; the row it was dealt from is the one that says the same of it.
		const row = prices.find(
			(price) =>
				price.from === from &&
				price.source === source &&
				price.input === input &&
				price.output === output
		);
		const { batchShare, conditions } = row ?? {};
		const special = { ...(batchShare && { batchShare }), ...(conditions && { conditions }) };
		return Object.keys(special).length ? [[key, special] as const] : [];
	});
	return Object.fromEntries(found);
}

/** First words of model names that a number follows, such as Llama or Claude. */
function families({ runs, cards, billedAs }: Ledger): string[] {
	const models = [...runs, ...cards, ...billedAs.map(({ card }) => card)].map(({ model }) => model);
	const words = models.map((model) => /^([A-Z][\w-]*) \d/.exec(model)?.[1]);
	return [...new Set(words.filter((word) => word !== undefined))];
}

/** JSON that is safe inside a script. */
function literal(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll('<', '\\u003c')
		.replaceAll('\u2028', '\\u2028')
		.replaceAll('\u2029', '\\u2029');
}

/** The entries a source imports by itself. */
function imported(source: string): { id: string; line: number }[] {
	const pattern = /^[ \t]*import\b[^'"\n]*['"]virtual:ledger\/figure\/([^'"]*)['"]/gm;
	return [...source.matchAll(pattern)].map((match) => ({
		id: match[1],
		line: lineOf(source, match.index)
	}));
}

/** Every id of the ledger: what a check of a built page looks for, and must find only if cited. */
export function figureIds(root = process.cwd()): string[] {
	return [...readLedger(root).figures.keys()];
}

/** The entries that the source at `path` cites or imports. */
export function citedIn(path: string): string[] {
	const source = readFileSync(path, 'utf8');
	const markup = /\.(md|svelte)$/.test(path);
	const citations = markup ? cite(source, path.endsWith('.md')).citations : [];
	return [...citations, ...imported(source)].map(({ id }) => id);
}
