/** @file As training-worker.ts, with what a class needs in it: workers of tests import nothing later. */
import { Classroom } from '../classroom.ts';
import { serve } from '../session.ts';

serve(self, undefined, async () => Classroom);
