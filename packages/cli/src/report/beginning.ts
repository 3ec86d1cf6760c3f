// Apart from the writer, so that checking a path loads neither it nor what it bundles with.

/** How every report begins, so that one may be written over another, but over nothing else. */
export const REPORT_BEGINNING = '<!doctype html><!-- lisping report -->';
