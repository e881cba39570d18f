/** Measures how fast the parts are, each in one run with something to compare it with; {@code ./carillon bench}. */
package io.carillon.benchmarks;
