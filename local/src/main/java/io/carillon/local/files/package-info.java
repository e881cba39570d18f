/** Reads the files of the tools. */
package io.carillon.local.files;
