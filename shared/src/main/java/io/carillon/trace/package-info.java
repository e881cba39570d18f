/** Follows one request through the functions: from a publish to the posts that it leads to. */
package io.carillon.trace;
