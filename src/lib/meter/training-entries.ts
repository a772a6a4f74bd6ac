/** @file The ledger's entries on what the models of the GPU door were trained on, by their ids, and those that dollars rest on. */
import gemma from 'virtual:ledger/figure/gemma3-1b-tokens';
import serving from 'virtual:ledger/figure/deepseek-serving-rate';
import peak from 'virtual:ledger/figure/h100-peak';
import rent from 'virtual:ledger/figure/h100-rent-2026';
import hours from 'virtual:ledger/figure/llama32-1b-gpu-hours';
import llama from 'virtual:ledger/figure/llama32-1b-tokens';
import qwen from 'virtual:ledger/figure/qwen25-tokens';
import smol135 from 'virtual:ledger/figure/smollm2-135m-tokens';
import smol360 from 'virtual:ledger/figure/smollm2-360m-tokens';
import tinyLlama from 'virtual:ledger/figure/tinyllama-tokens';
import utilisation from 'virtual:ledger/figure/training-utilisation';
import type { Figure } from '#lib/ledger/figure.ts';

export const chips = { peak, utilisation, rent };

/** What use costs on rented chips. */
export { serving };

const entries = [smol360, smol135, qwen, gemma, tinyLlama, llama, hours];

/** @throws where no model of the catalogue rests on such an entry */
export function trainingEntry(id: string): Figure {
	const entry = entries.find((entry) => entry.id === id);
	if (!entry) throw new Error(`${id} is not among the entries on training`);
	return entry;
}
