/**
 * Holds the prices of `content/ledger/prices.csv` against those of the package `@pydantic/genai-prices` (MIT, Pydantic Services
 * Inc.) and prints where they differ: `npm run prices:check`, or `npm run prices:check -- 2026-11-26` for another day. It changes
 * nothing. Both lists have been wrong before, so a person looks at the vendor's page and decides.
 */
import { readFileSync } from 'node:fs';
import { dayOf } from '#lib/ledger/history.ts';
import { readLedger } from '#lib/ledger/server/read.ts';
import { compare, type Difference, type Found, type Other } from './prices/compare.ts';

type Package = {
	calcPrice(
		usage: object,
		model: string,
		options: { providerId: string; timestamp: Date }
	): { model: { id: string }; model_price: Record<string, unknown> } | null;
};

const name = '@pydantic/genai-prices';

/** What they call a vendor, where it is not what we call it. */
const vendors: Record<string, string> = { amazon: 'aws', moonshot: 'moonshotai', xai: 'x-ai' };

/** @returns the exit code: 0 whatever differs, 1 without the package, 2 where it was called wrongly */
export async function main(args: readonly string[], say = console.log): Promise<number> {
	const [day = dayOf(Date.now()), ...more] = args;
	if (more.length || !/^\d{4}-\d\d-\d\d$/.test(day)) {
		say('usage: npm run prices:check -- [DAY, such as 2026-11-26]');
		return 2;
	}
	let other: Other;
	try {
		other = lookUp((await import(name)) as Package);
	} catch {
		say(`${name} is not installed: npm ci`);
		return 1;
	}
	const { prices } = readLedger('.');
	report(compare(prices, other, day), say);
	say(`${day}, ${name} ${versionOf()}. Nothing was changed.`);
	return 0;
}

function lookUp({ calcPrice }: Package): Other {
	return (vendor, model, timestamp): Found | undefined => {
		const plain = vendor.replace(/ \(host\)$/, '');
		const providerId = Object.hasOwn(vendors, plain) ? vendors[plain] : plain;
		const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, {
			providerId,
			timestamp
		});
		return found ? { id: found.model.id, prices: found.model_price } : undefined;
	};
}

const headings: Record<Difference['kind'], string> = {
	price: 'Another price',
	length: 'Another price for long prompts',
	absent: 'A price that one of the lists does not have',
	lapsed: 'A promise that is over',
	unreadable: 'What could not be read',
	unknown: 'Not in the other list'
};

/** The differences by their kind, the most telling first. */
export function report(differences: readonly Difference[], say: (line: string) => void): void {
	for (const [kind, heading] of Object.entries(headings)) {
		const found = differences.filter((one) => one.kind === kind);
		if (!found.length) continue;
		say(`${heading} (${found.length})`);
		if (kind === 'unknown') {
			say(`  ${found.map(({ vendor, model }) => `${vendor} ${model}`).join(', ')}`);
		} else {
			for (const { vendor, model, says } of found) say(`  ${vendor} ${model}: ${says}`);
		}
		say('');
	}
	if (!differences.length) say('No difference.');
}

function versionOf(): string {
	const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	return devDependencies[name] ?? '';
}

if (process.argv[1]?.endsWith('prices-check.ts')) {
	process.exitCode = await main(process.argv.slice(2));
}
