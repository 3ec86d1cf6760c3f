// The first module of a bundle: it stands before the job, so that it is evaluated before it.
import { prepareChild } from './child.ts';

prepareChild();
