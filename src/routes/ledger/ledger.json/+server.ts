import ledger from 'virtual:ledger/all';
import { asJson } from '../export.server.ts';

export const prerender = true;

export function GET() {
	return new Response(`${JSON.stringify(asJson(ledger.entries), null, '\t')}\n`, {
		headers: { 'content-type': 'application/json' }
	});
}
