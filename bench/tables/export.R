# Rscript export.R FOLDER PACKAGE/TABLE ...: writes FOLDER/PACKAGE/TABLE.csv for each, and prints its package's version.
arguments <- commandArgs(trailingOnly = TRUE)
for (name in arguments[-1]) {
  parts <- strsplit(name, "/")[[1]]
  found <- new.env()
  data(list = parts[2], package = parts[1], envir = found)
  folder <- file.path(arguments[1], parts[1])
  dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  write.csv(as.data.frame(found[[parts[2]]]), file.path(folder, paste0(parts[2], ".csv")), row.names = FALSE, na = "")
  cat(name, as.character(packageVersion(parts[1])), "\n")
}
