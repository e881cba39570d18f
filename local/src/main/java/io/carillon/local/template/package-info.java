/** What a CloudFormation template says of the parts that the local runtime stands in for. */
package io.carillon.local.template;
