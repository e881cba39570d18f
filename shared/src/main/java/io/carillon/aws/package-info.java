/** Builds the AWS clients that the adapters work with. */
package io.carillon.aws;
