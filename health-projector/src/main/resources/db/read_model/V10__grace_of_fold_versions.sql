-- With which grace it was folded, where the fold has one. Before it was noted, nothing is known of it.
ALTER TABLE fold_version ADD grace text;
