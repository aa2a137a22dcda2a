-- The company an upload was handed to. Its rows may rest on the file, so they are asked before anything of it is taken away.
alter table upload add column company text;
