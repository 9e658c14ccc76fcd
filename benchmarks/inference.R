# Times the permutation tests of sna on the matrices in a folder: seconds of CPU per 1,000 draws, as JSON.
# Rscript inference.R FOLDER DRAWS_OF_QAPTEST DRAWS_OF_NETLM DRAWS_OF_NETLOGIT
suppressPackageStartupMessages(library(sna))
args <- commandArgs(TRUE)
matrix_of <- function(name) unname(as.matrix(read.csv(file.path(args[1], paste0(name, ".csv")), header = FALSE)))
y <- matrix_of("y")
x <- lapply(c("wave1", "same", "tenurediff", "trainedboth", "agediff"), matrix_of)
draws <- as.numeric(args[2:4])
set.seed(1)
clock <- function(work) { t <- proc.time(); work(); u <- proc.time() - t; u[["user.self"]] + u[["sys.self"]] }
# What a function does once, without draws, is taken off: few draws are made, and they are scaled up.
per1000 <- function(with, without, n) 1000 * (clock(with) - clock(without)) / n
nothing <- function() NULL
out <- c(
  qaptest = per1000(function() qaptest(list(y, x[[1]]), gcor, reps = draws[1], g1 = 1, g2 = 2), nothing, draws[1]),
  netlm = per1000(function() netlm(y, x, nullhyp = "qapspp", reps = draws[2]),
                  function() netlm(y, x, nullhyp = "classical"), draws[2]),
  netlogit = per1000(function() netlogit(y, x[1:3], nullhyp = "qapspp", reps = draws[3]),
                     function() netlogit(y, x[1:3], nullhyp = "classical"), draws[3])
)
cat(paste0("{", paste0('"', names(out), '": ', out, collapse = ", "), "}"))
